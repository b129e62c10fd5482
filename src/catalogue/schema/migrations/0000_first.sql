CREATE TABLE "aid_history" (
	"aid_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"run_id" uuid,
	"plan_id" uuid,
	"kind" text NOT NULL,
	"fields" jsonb NOT NULL,
	CONSTRAINT "aid_history_aid_id_revision_pk" PRIMARY KEY("aid_id","revision")
);
--> statement-breakpoint
CREATE TABLE "aids" (
	"aid_id" uuid PRIMARY KEY NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"external_id" text COLLATE "C" NOT NULL,
	"revision" integer NOT NULL,
	"status" text NOT NULL,
	"withdrawn_at" date,
	"fingerprint" text NOT NULL,
	"record_hash" text,
	"imported" jsonb NOT NULL,
	"edits" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"memo" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "aids_by_external_id" UNIQUE("connector","external_id")
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"plan_id" uuid NOT NULL,
	"aid_id" uuid NOT NULL,
	"external_id" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"base_revision" integer NOT NULL,
	"fields" jsonb NOT NULL,
	CONSTRAINT "changes_plan_id_aid_id_pk" PRIMARY KEY("plan_id","aid_id")
);
--> statement-breakpoint
CREATE TABLE "connectors" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"fence" bigint DEFAULT 0 NOT NULL,
	"last_applied_run" uuid
);
--> statement-breakpoint
CREATE TABLE "planned_aids" (
	"run_id" uuid NOT NULL,
	"external_id" text COLLATE "C" NOT NULL,
	"aid_id" uuid NOT NULL,
	"locator" text NOT NULL,
	"record_hash" text NOT NULL,
	"fingerprint" text NOT NULL,
	"content" jsonb NOT NULL,
	"memo" jsonb NOT NULL,
	CONSTRAINT "planned_aids_run_id_external_id_pk" PRIMARY KEY("run_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"state" text NOT NULL,
	"complete" boolean DEFAULT false NOT NULL,
	"counts" jsonb,
	"guards" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"applied_at" timestamp with time zone,
	"applied_by" text
);
--> statement-breakpoint
CREATE TABLE "rejected_records" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rejected_records_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" uuid NOT NULL,
	"locator" text NOT NULL,
	"external_id" text,
	"record" jsonb,
	"reasons" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"token" bigint NOT NULL,
	"state" text NOT NULL,
	"outcome" text,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"snapshot_hash" text,
	"etag" text,
	"last_modified" text,
	"mapping_fingerprint" text NOT NULL,
	"options" jsonb NOT NULL,
	"report" jsonb,
	"staging" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "snapshot_chunks" (
	"hash" text NOT NULL,
	"part" integer NOT NULL,
	"seq" integer NOT NULL,
	"compressed" bytea NOT NULL,
	CONSTRAINT "snapshot_chunks_hash_part_seq_pk" PRIMARY KEY("hash","part","seq")
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"hash" text PRIMARY KEY NOT NULL,
	"parts" jsonb NOT NULL,
	"bytes" bigint NOT NULL,
	"stored_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "staged_aids" (
	"run_id" uuid NOT NULL,
	"external_id" text COLLATE "C" NOT NULL,
	"aid_id" uuid NOT NULL,
	"locator" text NOT NULL,
	"record_hash" text NOT NULL,
	"fingerprint" text NOT NULL,
	"content" jsonb NOT NULL,
	"memo" jsonb NOT NULL,
	CONSTRAINT "staged_aids_run_id_external_id_pk" PRIMARY KEY("run_id","external_id")
);
--> statement-breakpoint
ALTER TABLE "snapshot_chunks" ADD CONSTRAINT "snapshot_chunks_hash_snapshots_hash_fk" FOREIGN KEY ("hash") REFERENCES "snapshots"("hash") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "plans_by_connector" ON "plans" USING btree ("connector","created_at");--> statement-breakpoint
CREATE INDEX "plans_by_run" ON "plans" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "rejected_records_by_run" ON "rejected_records" USING btree ("run_id","id");--> statement-breakpoint
CREATE INDEX "runs_by_connector" ON "runs" USING btree ("connector","started_at");--> statement-breakpoint
-- Already compressed: PostgreSQL need not try.
ALTER TABLE "snapshot_chunks" ALTER COLUMN "compressed" SET STORAGE EXTERNAL;--> statement-breakpoint
-- An aid of 3 KB stays in its row as it is (two rows a page), a longer one is compressed in it: PostgreSQL's own limit of 2 KB
-- compresses every aid, which costs a third of a first import.
ALTER TABLE "aids" ALTER COLUMN "imported" SET STORAGE MAIN;--> statement-breakpoint
ALTER TABLE "aids" SET (toast_tuple_target = 4080);--> statement-breakpoint
ALTER TABLE "staged_aids" ALTER COLUMN "content" SET STORAGE MAIN;--> statement-breakpoint
ALTER TABLE "staged_aids" SET (toast_tuple_target = 4080);--> statement-breakpoint
ALTER TABLE "planned_aids" ALTER COLUMN "content" SET STORAGE MAIN;--> statement-breakpoint
ALTER TABLE "planned_aids" SET (toast_tuple_target = 4080);
--> statement-breakpoint
-- ANALYZE reads 300 rows for each unit of the largest target: keys are regular, a small sample of these wide rows is enough.
ALTER TABLE "aids" ALTER COLUMN "connector" SET STATISTICS 20, ALTER COLUMN "external_id" SET STATISTICS 20;--> statement-breakpoint
ALTER TABLE "staged_aids" ALTER COLUMN "run_id" SET STATISTICS 20, ALTER COLUMN "external_id" SET STATISTICS 20, ALTER COLUMN "aid_id" SET STATISTICS 20;
