CREATE TABLE "policy_checks" (
	"aid_id" uuid PRIMARY KEY NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "standing_decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"connector" text COLLATE "C",
	"publisher" uuid,
	"field" text,
	"rule" text,
	"value" jsonb,
	"note" text,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" text
);
--> statement-breakpoint
CREATE INDEX "standing_decisions_by_connector" ON "standing_decisions" USING btree ("connector") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "standing_decisions_by_publisher" ON "standing_decisions" USING btree ("publisher") WHERE ended_at is null;