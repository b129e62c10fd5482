CREATE SEQUENCE "content_blocks" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "aid_sources" (
	"aid_id" uuid NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"external_id" text COLLATE "C" NOT NULL,
	"content_id" bigint NOT NULL,
	"fingerprint" text NOT NULL,
	"record_hash" text,
	"memo" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contents" (
	"id" bigint NOT NULL,
	"aid_id" uuid NOT NULL,
	"content" jsonb NOT NULL
);
--> statement-breakpoint
-- Contents stay in their row, where reading them is fastest. A server with LZ4 compresses those of more than 2 KB. The compression that every
-- database has would cost a third of a first import, so without LZ4 only contents of more than 4 KB are compressed.
ALTER TABLE "contents" ALTER COLUMN "content" SET STORAGE MAIN;--> statement-breakpoint
DO $$ BEGIN
	ALTER TABLE "contents" ALTER COLUMN "content" SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported OR invalid_parameter_value THEN
	ALTER TABLE "contents" SET (toast_tuple_target = 4080);
END $$;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "content_block" bigint DEFAULT nextval('content_blocks') NOT NULL;--> statement-breakpoint
-- The contents of aids, then those of planned aids, get a block of their own.
INSERT INTO "contents" ("id", "aid_id", "content")
SELECT (block << 32) + row_number() OVER (ORDER BY connector, external_id), aid_id, imported
FROM "aids", (SELECT nextval('content_blocks') AS block) AS blocks;--> statement-breakpoint
INSERT INTO "aid_sources" ("aid_id", "connector", "external_id", "content_id", "fingerprint", "record_hash", "memo")
SELECT aid_id, connector, external_id, id, fingerprint, record_hash, memo FROM "aids" JOIN "contents" USING ("aid_id");--> statement-breakpoint
ALTER TABLE "planned_aids" ADD COLUMN "content_id" bigint;--> statement-breakpoint
UPDATE "planned_aids" AS planned SET "content_id" = numbered.id
FROM (
	SELECT run_id, external_id, (block << 32) + row_number() OVER (ORDER BY run_id, external_id) AS id
	FROM "planned_aids", (SELECT nextval('content_blocks') AS block) AS blocks
) AS numbered
WHERE planned.run_id = numbered.run_id AND planned.external_id = numbered.external_id;--> statement-breakpoint
INSERT INTO "contents" ("id", "aid_id", "content") SELECT content_id, aid_id, content FROM "planned_aids";--> statement-breakpoint
ALTER TABLE "planned_aids" ALTER COLUMN "content_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "planned_aids" DROP COLUMN "content";--> statement-breakpoint
-- Runs in progress end: no old version of the program can go on with the new tables.
DELETE FROM "staged_aids";--> statement-breakpoint
ALTER TABLE "staged_aids" ADD COLUMN "content_id" bigint NOT NULL;--> statement-breakpoint
ALTER TABLE "staged_aids" DROP COLUMN "content";--> statement-breakpoint
ALTER TABLE "contents" ADD CONSTRAINT "contents_pkey" PRIMARY KEY ("id");--> statement-breakpoint
ALTER TABLE "aid_sources" ADD CONSTRAINT "aid_sources_connector_external_id_pk" PRIMARY KEY ("connector","external_id");--> statement-breakpoint
ALTER TABLE "aid_sources" ADD CONSTRAINT "aid_sources_by_aid" UNIQUE ("aid_id");--> statement-breakpoint
CREATE INDEX "planned_aids_by_content" ON "planned_aids" USING btree ("content_id");--> statement-breakpoint
ALTER TABLE "aid_sources" ALTER COLUMN "connector" SET STATISTICS 20, ALTER COLUMN "external_id" SET STATISTICS 20;--> statement-breakpoint
ALTER TABLE "aids" DROP COLUMN "imported", DROP COLUMN "fingerprint", DROP COLUMN "record_hash", DROP COLUMN "memo";--> statement-breakpoint
ALTER TABLE "aids" RESET (toast_tuple_target);--> statement-breakpoint
ALTER TABLE "staged_aids" RESET (toast_tuple_target);--> statement-breakpoint
ALTER TABLE "planned_aids" RESET (toast_tuple_target);--> statement-breakpoint
-- Writes the table anew, because dropped columns keep their space.
CLUSTER "aids" USING "aids_by_external_id";--> statement-breakpoint
ALTER TABLE "aids" SET WITHOUT CLUSTER;--> statement-breakpoint
CREATE VIEW "aids_with_source" AS
SELECT aids.*, source.content_id, source.fingerprint, source.record_hash, source.memo, contents.content AS imported
FROM "aids" JOIN "aid_sources" AS source ON source.aid_id = aids.aid_id JOIN "contents" ON contents.id = source.content_id;
