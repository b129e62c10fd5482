CREATE TABLE "rejected_contents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"external_id" text,
	"record" jsonb,
	"reasons" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rejections" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rejections_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" uuid NOT NULL,
	"locator" text NOT NULL,
	"content" uuid NOT NULL
);
--> statement-breakpoint
-- The records stored so far get ids that no run recognises. Each run keeps its own.
ALTER TABLE "rejected_records" ADD COLUMN "content" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
INSERT INTO "rejected_contents" ("id", "connector", "external_id", "record", "reasons")
SELECT "content", coalesce(runs.connector, ''), "external_id", "record", (
	SELECT coalesce(jsonb_agg("reason" - 'locator' ORDER BY "place"), '[]') FROM jsonb_array_elements("reasons") WITH ORDINALITY AS "each" ("reason", "place"))
FROM "rejected_records" LEFT JOIN runs ON runs.id = run_id;--> statement-breakpoint
INSERT INTO "rejections" ("run_id", "locator", "content") SELECT "run_id", "locator", "content" FROM "rejected_records" ORDER BY "id";--> statement-breakpoint
DROP TABLE "rejected_records";--> statement-breakpoint
ALTER TABLE "rejections" ADD CONSTRAINT "rejections_content_rejected_contents_id_fk" FOREIGN KEY ("content") REFERENCES "rejected_contents"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "rejected_contents_by_connector" ON "rejected_contents" USING btree ("connector");--> statement-breakpoint
CREATE INDEX "rejections_by_run" ON "rejections" USING btree ("run_id","id");--> statement-breakpoint
CREATE INDEX "rejections_by_content" ON "rejections" USING btree ("content");--> statement-breakpoint
CREATE VIEW "rejected_records" AS
SELECT rejections.id, "run_id", "locator", "external_id", "record", (
	SELECT coalesce(jsonb_agg("reason" || jsonb_build_object('locator', "locator") ORDER BY "place"), '[]')
	FROM jsonb_array_elements("reasons") WITH ORDINALITY AS "each" ("reason", "place")) AS "reasons"
FROM rejections JOIN rejected_contents ON rejected_contents.id = rejections.content;
