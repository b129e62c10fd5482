CREATE TABLE "open_data_offers" (
	"publisher" uuid PRIMARY KEY NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"csv" "bytea" NOT NULL,
	"zip" "bytea" NOT NULL,
	"sha256" text NOT NULL,
	"aids" integer NOT NULL,
	"left_out" jsonb NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"offered_by" text NOT NULL,
	"offered_at" timestamp with time zone NOT NULL,
	"validated_by" text,
	"validated_as" text,
	"validated_at" timestamp with time zone,
	"revoked_by" text,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "open_data_offers_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "publisher_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"letter" uuid,
	"connector" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"external_id" text COLLATE "C",
	"title" text,
	"hosts" text[] DEFAULT '{}' NOT NULL,
	"remark" text,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"handled_at" timestamp with time zone,
	"plan_id" uuid,
	"ended_at" timestamp with time zone,
	"ended_by" text,
	"ended_why" text
);
--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "kind" text DEFAULT 'errors' NOT NULL;--> statement-breakpoint
ALTER TABLE "connectors" ADD COLUMN "reads_site" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "open_data_offers" ADD CONSTRAINT "open_data_offers_publisher_publishers_id_fk" FOREIGN KEY ("publisher") REFERENCES "publishers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "publisher_requests_by_letter" ON "publisher_requests" USING btree ("letter","at");--> statement-breakpoint
CREATE INDEX "publisher_requests_by_connector" ON "publisher_requests" USING btree ("connector","at");--> statement-breakpoint
CREATE INDEX "publisher_requests_waiting" ON "publisher_requests" USING btree ("at") WHERE handled_at is null and kind <> 'correction';--> statement-breakpoint
CREATE INDEX "publisher_requests_refused" ON "publisher_requests" USING btree ("at") WHERE kind = 'stop' and ended_at is null;