ALTER TABLE "aid_history" ADD COLUMN "last_content" bigint;--> statement-breakpoint
ALTER TABLE "aid_history" ADD COLUMN "next_content" bigint;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "last_content" bigint;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "next_content" bigint;--> statement-breakpoint
CREATE INDEX "changes_by_aid" ON "changes" USING btree ("aid_id") WHERE last_content is not null;--> statement-breakpoint
-- Returns the fields of a change with the values that `referToContents` left out. `last`, `next`: the contents to which the change refers.
CREATE FUNCTION "change_fields"("fields" jsonb, "last" jsonb, "next" jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE WHEN "last" IS NULL THEN "fields" ELSE (
		SELECT coalesce(jsonb_object_agg(field, change
			|| jsonb_build_object('last', was.value, 'current', shown.value, 'incoming', coalesce(change -> 'incoming', "next" -> field, 'null'))
			|| CASE WHEN change #> '{before,keepsCurrent}' IS NULL THEN '{}'
				ELSE jsonb_build_object('before', (change -> 'before') - 'keepsCurrent' || jsonb_build_object('kept', shown.value)) END
			|| CASE WHEN change #> '{after,keepsCurrent}' IS NULL THEN '{}'
				ELSE jsonb_build_object('after', (change -> 'after') - 'keepsCurrent' || jsonb_build_object('kept', shown.value)) END), '{}')
		FROM jsonb_each("fields") AS each_field (field, change)
			CROSS JOIN LATERAL (SELECT coalesce(change -> 'last', "last" -> field, 'null') AS value) AS was
			CROSS JOIN LATERAL (SELECT coalesce(change -> 'current', was.value) AS value) AS shown) END
$$;--> statement-breakpoint
CREATE VIEW "changes_with_values" AS
SELECT plan_id, changes.aid_id, external_id, kind, base_revision, change_fields(fields, last.content, next.content) AS fields, state, match, note, part,
	slice, last_content, next_content
FROM changes LEFT JOIN contents AS last ON last.id = last_content LEFT JOIN contents AS next ON next.id = next_content;--> statement-breakpoint
CREATE VIEW "history_with_values" AS
SELECT seq, history.aid_id, revision, at, run_id, plan_id, kind, change_fields(fields, last.content, next.content) AS fields, before, by, note,
	last_content, next_content
FROM aid_history AS history LEFT JOIN contents AS last ON last.id = last_content LEFT JOIN contents AS next ON next.id = next_content;
