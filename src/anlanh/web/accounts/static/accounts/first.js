// Suggests the organisation's code from its name, as `checks.code_for` does, until somebody types one of their own.

const name = document.querySelector("#id_name");
const code = document.querySelector("#id_code");

function codeFor(text) {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
  const words = bare.match(/[a-z0-9]+/g) ?? [];
  while (words.join("-").length > code.maxLength) words.pop();
  return words.join("-");
}

let suggested = codeFor(name.value);
name.addEventListener("input", () => {
  if (code.value && code.value !== suggested) return;
  suggested = codeFor(name.value);
  code.value = suggested;
});
