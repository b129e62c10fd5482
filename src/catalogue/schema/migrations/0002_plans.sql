CREATE TABLE "absences" (
	"aid_id" uuid PRIMARY KEY NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"since_run" uuid NOT NULL,
	"since_token" bigint NOT NULL,
	"since_at" timestamp with time zone NOT NULL,
	"ended_run" uuid
);
--> statement-breakpoint
CREATE TABLE "plan_remarks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "plan_remarks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"plan_id" uuid NOT NULL,
	"code" text NOT NULL,
	"aid_id" uuid,
	"external_id" text COLLATE "C",
	"params" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "planned_absences" (
	"plan_id" uuid NOT NULL,
	"aid_id" uuid NOT NULL,
	CONSTRAINT "planned_absences_plan_id_aid_id_pk" PRIMARY KEY("plan_id","aid_id")
);
--> statement-breakpoint
CREATE TABLE "removed_aids" (
	"aid_id" uuid PRIMARY KEY NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"external_id" text COLLATE "C" NOT NULL,
	"revision" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "set_asides" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"what" text NOT NULL,
	"issue_code" text,
	"field" text,
	"up_to" integer,
	"until" date NOT NULL,
	"reason" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "changes" DROP CONSTRAINT "changes_plan_id_aid_id_pk";--> statement-breakpoint
ALTER TABLE "plans" ALTER COLUMN "run_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "plans" ALTER COLUMN "connector" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "aid_history" ADD COLUMN "seq" bigint NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "aid_history_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1);--> statement-breakpoint
ALTER TABLE "aid_history" ADD COLUMN "before" jsonb;--> statement-breakpoint
ALTER TABLE "aid_history" ADD COLUMN "by" text;--> statement-breakpoint
ALTER TABLE "aid_history" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "aids" ADD COLUMN "withdrawn_by" text;--> statement-breakpoint
ALTER TABLE "aids" ADD COLUMN "merged_into" uuid;--> statement-breakpoint
ALTER TABLE "aids" ADD COLUMN "watch" jsonb;--> statement-breakpoint
ALTER TABLE "aids" ADD COLUMN "site_url" text;--> statement-breakpoint
ALTER TABLE "aids" ADD COLUMN "kept" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "aids" ADD COLUMN "proposals" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "state" jsonb;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "match" jsonb;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "part" integer;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "slice" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "changes" ADD CONSTRAINT "changes_plan_id_aid_id_slice_pk" PRIMARY KEY("plan_id","aid_id","slice");--> statement-breakpoint
ALTER TABLE "connectors" ADD COLUMN "must_read" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "origin" text DEFAULT 'run' NOT NULL;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "made_by" text;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "asked" jsonb;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "warnings" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "closed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "closed_by" text;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "undone_by" uuid;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "counts_absence" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "applied_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "applied_by" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "undone_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "undone_by" text;--> statement-breakpoint
CREATE INDEX "absences_by_connector" ON "absences" USING btree ("connector");--> statement-breakpoint
CREATE INDEX "plan_remarks_by_plan" ON "plan_remarks" USING btree ("plan_id","id");--> statement-breakpoint
CREATE INDEX "aid_history_by_plan" ON "aid_history" USING btree ("plan_id");--> statement-breakpoint
CREATE INDEX "aid_history_by_seq" ON "aid_history" USING brin ("seq");--> statement-breakpoint
UPDATE runs SET applied_at = ended_at, applied_by = 'run', counts_absence = true
WHERE outcome IN ('applied', 'applied-with-rejects') OR id IN (SELECT last_applied_run FROM connectors);
