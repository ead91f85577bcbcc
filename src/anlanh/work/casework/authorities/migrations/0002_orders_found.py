"""Makes the orders that are there findable."""

from django.db import migrations

ORDER, MOST_CHARACTERS, AT_A_TIME = "order", 4000, 500


def index(apps: object, schema_editor: object) -> None:
    """Indexes each order by its number, office, signer and words."""
    from anlanh.base.search.index import bounded_words, folded_words

    orders, entries = apps.get_model("casework", "Order"), apps.get_model("search", "Entry")
    waiting = []
    for order in orders.objects.order_by("id").iterator(chunk_size=AT_A_TIME):
        text = " ".join([order.number, order.office, order.signed_by, order.words[:MOST_CHARACTERS]])
        waiting.append(
            entries(
                organisation_id=order.organisation_id,
                kind=ORDER,
                object_id=order.id,
                folded=folded_words(text),
                exact=bounded_words(text),
            )
        )
        if len(waiting) == AT_A_TIME:
            entries.objects.bulk_create(waiting, ignore_conflicts=True)
            waiting = []
    entries.objects.bulk_create(waiting, ignore_conflicts=True)


def forget(apps: object, schema_editor: object) -> None:
    """Takes them out again."""
    apps.get_model("search", "Entry").objects.filter(kind=ORDER).delete()


class Migration(migrations.Migration):
    dependencies = [("authorities", "0001_initial"), ("casework", "0014_own_rules"), ("search", "0003_owner")]
    operations = [migrations.RunPython(index, forget)]
