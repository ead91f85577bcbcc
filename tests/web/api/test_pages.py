"""The register by the API: put, read page by page, found by folded words."""

import pytest

PAGE = {"address": "https://mang.example/bai/1", "title": "Tặng quà – lừa đảo", "holder_address": "mang.example/@a"}
KEY = "3c5d8e7f-1a2b-4c3d-8e9f-0a1b2c3d4e5f"


def test_a_page_is_added_then_met(machine):
    added = machine("PUT", "/pages", PAGE)
    assert added.status_code == 201
    again = machine("PUT", "/pages", {"address": "http://MANG.example/bai/1/"})
    assert again.status_code == 200
    assert again.json() == added.json()
    assert machine("GET", f"/pages/{added.json()['id']}").json() == added.json()


@pytest.mark.parametrize("words", ["lua dao", "LỪA ĐẢO", "mang.example/bai/1"])
def test_pages_are_found(machine, words):
    page = machine("PUT", "/pages", PAGE).json()
    machine("PUT", "/pages", {"address": "mang.example/khac"})
    assert machine("GET", f"/pages/search?q={words}").json() == {"items": [page], "next": None}


def test_lists_are_read_page_by_page(machine):
    batch = {"pages": [{"address": f"mang.example/{number}"} for number in range(7)]}
    assert machine("POST", "/pages/batch", batch).status_code == 200
    seen, cursor = [], ""
    while cursor is not None:
        answered = machine("GET", f"/pages?limit=3{cursor and f'&cursor={cursor}'}").json()
        assert len(answered["items"]) <= 3
        seen += [page["address"] for page in answered["items"]]
        cursor = answered["next"]
    assert sorted(seen) == sorted(f"https://mang.example/{number}" for number in range(7))
    assert len(set(seen)) == 7


def test_a_batch_answers_for_each(machine):
    batch = {"pages": [PAGE, {"title": "không địa chỉ"}, PAGE | {"address": "file:///x"}, PAGE | {"title": "Mới"}]}
    answered = machine("POST", "/pages/batch", batch, Idempotency_Key=KEY)
    assert [result["outcome"] for result in answered.json()["results"]] == ["added", "refused", "refused", "changed"]
    assert machine("POST", "/pages/batch", batch, Idempotency_Key=KEY).content == answered.content


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "cursor=x"])
def test_bad_questions_are_refused(machine, query):
    assert machine("GET", f"/pages?{query}").status_code == 422
