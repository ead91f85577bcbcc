"""The console's addresses."""

from django.urls import path

from anlanh.web.console.views import (
    appeals,
    case,
    decide,
    ledger,
    orders,
    palette,
    presets,
    queue,
    registry,
    review,
    tasks,
)

app_name = "console"

urlpatterns = [
    path("", queue.queue_page, name="queue"),
    path("next/", queue.take_next, name="next"),
    path("palette/", palette.results, name="palette"),
    path("cases/<uuid:case_id>/", case.case_page, name="case"),
    path("cases/<uuid:case_id>/presence/", case.presence, name="presence"),
    path("cases/<uuid:case_id>/claim/", review.claim, name="claim"),
    path("cases/<uuid:case_id>/release/", review.release, name="release"),
    path("cases/<uuid:case_id>/hand-over/", review.hand_over, name="hand_over"),
    path("cases/<uuid:case_id>/confirm/", review.confirm, name="confirm"),
    path("cases/<uuid:case_id>/notified/", review.notified, name="notified"),
    path("cases/<uuid:case_id>/decide/", decide.decide, name="decide"),
    path("cases/<uuid:case_id>/approve/", decide.approve, name="approve"),
    path("cases/<uuid:case_id>/refuse/", decide.refuse, name="refuse"),
    path("cases/<uuid:case_id>/letter/", decide.preview, name="letter"),
    path("cases/<uuid:case_id>/verify/", orders.verify, name="verify_order"),
    path("cases/<uuid:case_id>/query/", orders.query, name="query_order"),
    path("cases/<uuid:case_id>/return/", orders.send_back, name="return_order"),
    path("appeals/<uuid:appeal_id>/hear/", appeals.hear, name="hear"),
    path("cases/<uuid:case_id>/evidence/<uuid:file_id>/", case.evidence, name="evidence"),
    path("cases/<uuid:case_id>/evidence/<uuid:file_id>/preview/", case.evidence_preview, name="evidence_preview"),
    path("orders/new/", orders.new, name="new_order"),
    path("tasks/", tasks.task_list, name="tasks"),
    path("tasks/<uuid:task_id>/close/", tasks.close, name="close_task"),
    path("tasks/<uuid:task_id>/retry/", tasks.retry, name="retry_task"),
    path("tasks/<uuid:task_id>/letter/", tasks.letter, name="task_letter"),
    path("presets/", presets.preset_list, name="presets"),
    path("presets/new/", presets.new, name="new_preset"),
    path("presets/<uuid:preset_id>/", presets.edit, name="preset"),
    path("presets/<uuid:preset_id>/retire/", presets.retire, name="retire_preset"),
    path("registry/", registry.pages, name="registry"),
    path("registry/import/", registry.import_pages, name="import"),
    path("ledger/", ledger.log, name="ledger"),
    path("ledger/export/", ledger.export, name="export"),
    path("ledger/key/", ledger.key, name="log_key"),
    path("acts/<uuid:act_id>/", ledger.proof, name="act"),
]
