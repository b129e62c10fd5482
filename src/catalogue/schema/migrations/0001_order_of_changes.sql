CREATE SEQUENCE "history_batches" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "applied_plans" (
	"batch" bigint PRIMARY KEY NOT NULL,
	"plan_id" uuid,
	"first_seq" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "applied_plans_last_seq_unique" UNIQUE("last_seq")
);
--> statement-breakpoint
DROP VIEW "history_with_values";--> statement-breakpoint
DROP INDEX "aid_history_by_seq";--> statement-breakpoint
ALTER TABLE "aid_history" ADD COLUMN "batch" bigint;--> statement-breakpoint
ALTER TABLE "aid_history" ADD COLUMN "place" integer;--> statement-breakpoint
-- Existing revisions become one batch in their former order. Their numbers lose their gaps, so the search index is filled again.
UPDATE "aid_history" SET "batch" = 0, "place" = former.place
FROM (SELECT "seq", row_number() OVER (ORDER BY "seq") AS place FROM "aid_history") AS former WHERE former.seq = aid_history.seq;--> statement-breakpoint
INSERT INTO "applied_plans" ("batch", "first_seq", "last_seq", "at") SELECT 0, 1, count(*), max("at") FROM "aid_history" HAVING count(*) > 0;--> statement-breakpoint
UPDATE "search_state" SET "up_to" = 0, "complete_from" = 0;--> statement-breakpoint
ALTER TABLE "aid_history" ALTER COLUMN "batch" SET NOT NULL, ALTER COLUMN "place" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "applied_plans_by_time" ON "applied_plans" USING btree ("at","first_seq");--> statement-breakpoint
ALTER TABLE "aid_history" DROP COLUMN "seq";--> statement-breakpoint
ALTER TABLE "aid_history" ADD CONSTRAINT "aid_history_by_place" UNIQUE("batch","place");--> statement-breakpoint
CREATE VIEW "history_with_values" AS
SELECT history.aid_id, revision, batch, place, at, run_id, plan_id, kind, change_fields(fields, last.content, next.content) AS fields, before, by, note,
	last_content, next_content
FROM aid_history AS history LEFT JOIN contents AS last ON last.id = last_content LEFT JOIN contents AS next ON next.id = next_content;
