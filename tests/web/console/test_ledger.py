"""The pages of the log."""

from anlanh.base.acts.models import Act


def test_a_correction_is_recorded_from_the_page_of_the_act(platform, client):
    client.force_login(platform.members["admin"].account)
    act = Act.objects.filter(organisation=platform.organisation, type="organisation.created").get()
    # An administrator sees the log only with the inspector's right, so the page is opened by one who has both.
    platform.members["admin"].roles = ["administrator", "inspector"]
    platform.members["admin"].save()
    address = f"/console/acts/{act.id}/"
    empty = client.post(address, {"right": "", "reason": "gõ nhầm"})
    assert empty.status_code == 422
    assert "gõ nhầm" in empty.content.decode(), "nothing typed is lost"
    done = client.post(address, {"right": "tên có dấu", "reason": "gõ nhầm"})
    assert done.status_code == 302
    assert Act.objects.filter(type="act.corrected", subject_id=act.subject_id).count() == 1
    assert "act.corrected" in client.get(done.url).content.decode()
