CREATE TABLE "disk_probe" (
	"filler" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "machine_faults" (
	"cause" text NOT NULL,
	"place" text NOT NULL,
	"began_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"waited" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "machine_faults_cause_place_began_at_pk" PRIMARY KEY("cause","place","began_at")
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"name" text PRIMARY KEY NOT NULL,
	"version" text NOT NULL,
	"migration" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"heard_at" timestamp with time zone NOT NULL,
	"sick_for" text,
	"sick_since" timestamp with time zone,
	"leave_for" text
);
--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "machine_faults" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "alone" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "losses_alone" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "machine_faults_going_on" ON "machine_faults" USING btree ("cause","place") WHERE ended_at is null;--> statement-breakpoint
ALTER TABLE "changes" ALTER COLUMN "plan_id" SET STATISTICS 20, ALTER COLUMN "aid_id" SET STATISTICS 20, ALTER COLUMN "external_id" SET STATISTICS 20;--> statement-breakpoint
CREATE OR REPLACE FUNCTION "analyze_aids"() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$ BEGIN
	ANALYZE aids (connector, external_id), aid_sources (connector, external_id), changes (plan_id, aid_id, external_id), planned_aids (run_id, external_id);
END $$;
