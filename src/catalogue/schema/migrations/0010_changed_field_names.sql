ALTER TABLE "changes" ADD COLUMN "field_names" jsonb GENERATED ALWAYS AS (jsonb_path_query_array(fields, '$.keyvalue().key')) STORED NOT NULL;--> statement-breakpoint
CREATE OR REPLACE VIEW "changes_with_values" AS
SELECT plan_id, changes.aid_id, external_id, kind, base_revision, change_fields(fields, last.content, next.content) AS fields, state, match, note, part,
	slice, last_content, next_content, field_names
FROM changes LEFT JOIN contents AS last ON last.id = last_content LEFT JOIN contents AS next ON next.id = next_content;
