CREATE TABLE "confirmed_bases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"basis" text NOT NULL,
	"page" text,
	"seen" date,
	"answers" jsonb NOT NULL,
	"note" text,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"batch" bigint NOT NULL,
	"revoked_by" text,
	"revoked_at" timestamp with time zone,
	"revoked_because" text,
	"revoked_batch" bigint
);
--> statement-breakpoint
CREATE TABLE "reannounced_aids" (
	"batch" bigint NOT NULL,
	"place" integer NOT NULL,
	"aid_id" uuid NOT NULL,
	CONSTRAINT "reannounced_aids_batch_place_pk" PRIMARY KEY("batch","place")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "confirmed_bases_in_force" ON "confirmed_bases" USING btree ("connector") WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX "reannounced_aids_by_aid" ON "reannounced_aids" USING btree ("aid_id");