"""The file of rules: read strictly, its own tests run, each rule asked only where it could be true.

rules:
  - id: new-account-with-bad-link
    when: any(domains) and account.age_days < 7
    then: hold                     # or review
    why: Tài khoản mới đăng liên kết lừa đảo
    ground: 116/2025/QH15/7.2.đ    # the clause it rests on; a rule that holds can't do without
    shadow: true                   # told, but not counted
    tests:
      - given: {domains: [bad.example], account.age_days: 2}
        fires: true
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from anlanh.primitives.errors import BadInput
from anlanh.screening.grounds import NO_GROUND, GroundFacts, Grounds, checked_ground
from anlanh.screening.rules.grammar import Term, parse
from anlanh.screening.rules.signals import ENTRIES, KINDS, TYPES, Facts, is_of

REVIEW, HOLD = "review", "hold"
_KEYS = {"id", "when", "then", "why", "ground", "shadow", "tests"}
_TRUTHS = {"true": True, "false": False}
_HOLDING = frozenset({"domain", "copy", "image"})
_LARGEST = 4 << 20  # bytes

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: the same graph, read more slowly
    from yaml import SafeLoader as _Loader


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Args:
        id: its name.
        when: its expression.
        then: the verdict it asks for.
        why: what it says to the person who reviews.
        ground: the clause it rests on, as written.
        shadow: it is asked and told, and its verdict does not count.
        counts: whether it speaks of counts in a window of time.
        facts: what the law pack says of its ground.
        where: its file and line.
    """

    id: str
    when: Term
    then: str
    why: str
    ground: str
    shadow: bool = False
    counts: bool = False
    facts: GroundFacts = NO_GROUND
    where: str = ""

    def may_hold(self, kind: str) -> bool:
        """Whether the rule may hold a post for a hit of this kind whose list names no ground."""
        return self.then == HOLD and self.facts.may_hold(kind)


class RuleBook:
    """All rules of a file.

    Args:
        rules: in the file's order.
    """

    def __init__(self, rules: list[Rule]) -> None:
        self.rules = rules
        self._without_hits = [rule for rule in rules if not rule.when.needs]
        self._by_found: dict[frozenset[str], list[Rule]] = {}  # kinds of hits found -> the rules that could be true

    def fired(self, facts: Facts) -> list[Rule]:
        """The rules that are true of a post, in the file's order; those that lack a hit they need are not asked."""
        found = frozenset(facts.entries)
        asked = self._by_found.get(found)
        if asked is None:
            asked = self._by_found[found] = [rule for rule in self.rules if rule.when.needs <= found]
        return [rule for rule in asked if rule.when.run(facts)]

    def without_hits(self) -> list[Rule]:
        """The rules that can be true of a post in which nothing was found."""
        return self._without_hits

    def asks_for(self, signal: str) -> bool:
        """Whether any rule speaks of this signal."""
        return any(("signal", signal) in rule.when.bare for rule in self.rules)

    def asks_for_counts(self) -> bool:
        """Whether any rule speaks of counts in a window of time."""
        return any(rule.counts for rule in self.rules)


def read_rules(path: Path, grounds: Grounds) -> RuleBook:
    """Reads a file of rules and runs the tests it holds.

    Raises:
        BadInput: with file, line, and for an expression the column; also when a test in the file fails.
    """
    root = _root(path)
    if root is None:
        return RuleBook([])
    top = _mapping(root, path, {"rules"})
    rules: dict[str, Rule] = {}
    for node in _items(top.get("rules"), path):
        rule = _rule(node, path, grounds)
        if rule.id in rules:
            raise _fault(f"the id {rule.id!r} is taken", node, path, "give each rule its own id")
        rules[rule.id] = rule
    return RuleBook(list(rules.values()))


def _root(path: Path) -> yaml.Node | None:
    content = path.read_bytes()
    if len(content) > _LARGEST:
        raise BadInput("the file is too large to be rules", where=str(path), mend=f"keep it under {_LARGEST >> 20} MB")
    try:
        return yaml.compose(content.decode(), Loader=_Loader)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadInput("the file is not UTF-8", where=f"{path}:{line}", mend="save it as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadInput(f"not YAML: {error.problem}", where=f"{path}:{line}", mend="mend the line") from None
    except yaml.YAMLError:
        raise BadInput("not YAML", where=str(path), mend="take out control characters") from None
    except RecursionError:
        raise BadInput("nested too deep", where=str(path), mend="write rules as a flat list") from None


def _fault(what: str, node: yaml.Node | None, path: Path, mend: str) -> BadInput:
    where = f"{path}:{node.start_mark.line + 1}" if node else str(path)
    return BadInput(what, where=where, mend=mend)


def _mapping(node: yaml.Node | None, path: Path, known: set[str]) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise _fault("a mapping is expected here", node, path, f"write {', '.join(sorted(known))} with their values")
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if name not in known:
            raise _fault(f"{name!r} is not known here", key, path, f"known are {', '.join(sorted(known))}")
        if name in found:
            raise _fault(f"{name!r} occurs twice", key, path, "keep one of them")
        found[name] = value
    return found


def _items(node: yaml.Node | None, path: Path) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        raise _fault("a list is expected here", node, path, "write it as lines that start with a dash")
    return node.value


def _text(fields: dict[str, yaml.Node], key: str, whole: yaml.Node, path: Path, default: str | None = None) -> str:
    node = fields.get(key)
    if node is None and default is not None:
        return default
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise _fault(f"{key!r} is missing or not a text", node or whole, path, f"write {key}: and its value")
    return node.value


def _rule(node: yaml.Node, path: Path, grounds: Grounds) -> Rule:
    fields = _mapping(node, path, _KEYS)
    name = _text(fields, "id", node, path).strip()
    then = _text(fields, "then", node, path, REVIEW).strip()
    if then not in (REVIEW, HOLD):
        raise _fault(f"{then!r} is not a verdict of a rule", fields["then"], path, "write review or hold")
    when = _term(_text(fields, "when", node, path), fields["when"], name, path)
    if then == HOLD and not when.needs & _HOLDING:
        raise _fault(
            f"rule {name} could hold a post without a listed domain, copy or image", fields["when"], path,
            "ask for any(domains), any(copies) or any(images) as well, or let it review",
        )  # fmt: skip
    where = f"{path}:{node.start_mark.line + 1}"
    ground = checked_ground(_text(fields, "ground", node, path, "").strip(), grounds, where)
    if then == HOLD:
        _check_may_hold(name, when, ground, fields.get("ground", node), path)
    why = " ".join(_text(fields, "why", node, path, " ").split())
    shadow = _truth("shadow", fields, node, path, "false")
    rule = Rule(name, when, then, why, ground.ref, shadow, "window." in fields["when"].value, ground, where)
    if "tests" in fields:
        for test in _items(fields["tests"], path):
            _run_test(rule, test, path)
    return rule


def _check_may_hold(name: str, when: Term, ground: GroundFacts, node: yaml.Node, path: Path) -> None:
    """A rule that holds names a ground, and one on which what it needs may be held; copies are held on any."""
    if ground is NO_GROUND:
        raise _fault(
            f"rule {name} holds posts and names no ground", node, path,
            "write ground: and the clause it rests on, or let it review",
        )  # fmt: skip
    kinds = when.needs & _HOLDING
    if "copy" not in kinds and not any(ground.may_hold(kind) for kind in kinds):
        raise _fault(
            f"rule {name} rests on {ground.ref}, on which no {' or '.join(sorted(kinds))} is held", node, path,
            "host names are held for fraud and malware, images for child abuse: name such a clause, or let it review",
        )  # fmt: skip


def _term(expression: str, node: yaml.Node, name: str, path: Path) -> Term:
    try:
        return parse(expression)
    except BadInput as error:
        raise BadInput(
            f"rule {name}: {error.what}",
            where=f"{path}:{node.start_mark.line + 1}: {error.where} of when",
            mend=error.mend,
        ) from None


def _run_test(rule: Rule, node: yaml.Node, path: Path) -> None:
    fields = _mapping(node, path, {"given", "fires"})
    expected = _truth("fires", fields, node, path)
    facts = _given(fields.get("given"), path)
    fires = rule.when.needs <= facts.entries.keys() and bool(rule.when.run(facts))
    if fires != expected:
        raise _fault(
            f"rule {rule.id} {'fires' if fires else 'does not fire'} where its test says otherwise", node, path,
            "mend the rule or the test",
        )  # fmt: skip


def _truth(key: str, fields: dict[str, yaml.Node], whole: yaml.Node, path: Path, default: str | None = None) -> bool:
    written = _text(fields, key, whole, path, default).strip()
    if written not in _TRUTHS:
        raise _fault(f"{key} is true or false", fields[key], path, "write true or false")
    return _TRUTHS[written]


def _given(node: yaml.Node | None, path: Path) -> Facts:
    facts = Facts()
    for name, value in _mapping(node, path, set(TYPES)).items():
        if TYPES[name] == ENTRIES:
            if entries := {item.value: 1.0 for item in _items(value, path)}:
                facts.entries[KINDS[name]] = entries
            continue
        try:
            plain: Any = _Loader("").construct_object(value, deep=True)
        except (yaml.YAMLError, ValueError):
            plain = None
        if not is_of(TYPES[name], plain):
            raise _fault(f"{name} is a {TYPES[name]}", value, path, "write a value of that type")
        facts.values[name] = plain
    return facts
