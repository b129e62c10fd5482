CREATE TABLE "digests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"content" jsonb NOT NULL,
	"delivered_at" timestamp with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"failures" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "due_times" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"done_for" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "forgotten" (
	"trace" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hosts" (
	"host" text COLLATE "C" PRIMARY KEY NOT NULL,
	"not_before" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "links" (
	"url" text COLLATE "C" PRIMARY KEY NOT NULL,
	"host" text COLLATE "C" NOT NULL,
	"state" text NOT NULL,
	"checked_at" timestamp with time zone,
	"first_failed_at" timestamp with time zone,
	"status" integer,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "pauses" (
	"connector" text COLLATE "C" PRIMARY KEY NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"reason" text
);
--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "waits" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "asked_by" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "try" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "tries_again" uuid;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "not_before" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "worker" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "heard_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "fetching_from" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "progress" jsonb;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "cancel_asked_by" text;--> statement-breakpoint
CREATE INDEX "links_by_checked" ON "links" USING btree ("checked_at");--> statement-breakpoint
CREATE INDEX "aids_by_site_url" ON "aids" USING btree ("site_url") WHERE site_url is not null;--> statement-breakpoint
CREATE INDEX "aids_by_universal_id" ON "aids" USING btree ("external_id") WHERE external_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';--> statement-breakpoint
CREATE INDEX "runs_by_time" ON "runs" USING btree ("started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_queued_once" ON "runs" USING btree ("connector",(options::text)) WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "runs_going_on" ON "runs" USING btree ("state") WHERE state <> 'ended';--> statement-breakpoint
CREATE UNIQUE INDEX "runs_tried_again_once" ON "runs" USING btree ("tries_again");--> statement-breakpoint
UPDATE plans SET waits = true WHERE complete AND state IN ('open', 'part-applied');
