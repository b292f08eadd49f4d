"""Row-level security on every table that holds a bureau's data; rights that are narrower than the default."""

from __future__ import annotations

from django.db import migrations

KEPT = (
    "affairs_activity", "affairs_activity_school", "affairs_affair", "affairs_evaluation", "affairs_flag",
    "disclosures_disclosure", "duties_hand_in", "duties_task", "duties_task_link", "forms_answer", "forms_draft",
    "forms_file", "forms_file_content", "journal_entry", "journal_reading", "journal_seal", "lists_departure",
    "lists_listing", "lists_roll", "people_delegation", "people_holding", "people_organ", "people_organ_division", "people_person",
    "people_post", "plans_edition", "plans_filling", "plans_official_text", "plans_reschedule", "plans_seat",
    "problems_deadline_move", "problems_evidence", "problems_problem", "problems_rectification", "problems_reply", "problems_revisit",
    "problems_verification", "routes_act", "routes_addendum", "routes_opinion", "routes_panelist", "routes_run",
    "routes_turn",
)  # fmt: skip
# What was said or done once stays as it was said: rows are added, never changed.
ADDED_ONLY = (
    "affairs_evaluation", "affairs_flag", "forms_answer", "forms_file_content", "journal_entry", "journal_reading",
    "journal_seal", "lists_departure", "plans_reschedule", "problems_deadline_move", "problems_evidence", "problems_rectification", "problems_reply",
    "problems_revisit", "problems_verification", "routes_act", "routes_addendum", "routes_opinion",
)  # fmt: skip

HERE = "bureau_id = NULLIF(current_setting('app.bureau', true), '')::bigint"
SHOWN = f"{HERE} AND 'public' = ANY (audience)"


def _walls() -> str:
    lines = []
    for table in KEPT:
        lines.append(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;")
        lines.append(f"CREATE POLICY tenant ON {table} TO qingfu_web USING ({HERE}) WITH CHECK ({HERE});")
    for table in ADDED_ONLY:
        lines.append(f"REVOKE UPDATE, DELETE ON {table} FROM qingfu_web;")
    lines += [
        "REVOKE DELETE, UPDATE ON disclosures_disclosure FROM qingfu_web;",
        "GRANT UPDATE (replaced_at, withdrawn_at, withdrawn_reason) ON disclosures_disclosure TO qingfu_web;",
        "GRANT SELECT ON people_bureau TO qingfu_portal;",
        "GRANT SELECT ON disclosures_disclosure TO qingfu_portal;",
        f"CREATE POLICY shown ON disclosures_disclosure FOR SELECT TO qingfu_portal USING ({SHOWN});",
        # Searches in titles are by trigrams.
        "CREATE INDEX lists_listing_title_trgm ON lists_listing USING gin (title gin_trgm_ops);",
    ]
    return "\n".join(lines)


def _no_walls() -> str:
    lines = ["DROP INDEX lists_listing_title_trgm;", "DROP POLICY shown ON disclosures_disclosure;"]
    for table in KEPT:
        lines.append(f"DROP POLICY tenant ON {table};")
        lines.append(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;")
    for table in (*ADDED_ONLY, "disclosures_disclosure"):
        lines.append(f"GRANT UPDATE, DELETE ON {table} TO qingfu_web;")
    lines += ["REVOKE SELECT ON disclosures_disclosure, people_bureau FROM qingfu_portal;"]
    return "\n".join(lines)


class Migration(migrations.Migration):
    """The walls; a later table that holds a bureau's data raises its own in its own migration."""

    dependencies = [("records", "0001_register")]

    operations = [migrations.RunSQL(_walls(), _no_walls())]
