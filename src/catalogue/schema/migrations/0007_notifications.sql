CREATE TABLE "notification_choices" (
	"person" uuid NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"pace" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "notification_choices_person_kind_pk" PRIMARY KEY("person","kind")
);
--> statement-breakpoint
CREATE TABLE "notification_deliveries" (
	"person" uuid PRIMARY KEY NOT NULL,
	"daily_for" timestamp with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"tried_at" timestamp with time zone,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "notified_decisions" (
	"person" uuid NOT NULL,
	"item" text COLLATE "C" NOT NULL,
	"gone_at" timestamp with time zone,
	CONSTRAINT "notified_decisions_person_item_pk" PRIMARY KEY("person","item")
);
--> statement-breakpoint
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_deliveries" ADD CONSTRAINT "notification_deliveries_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notified_decisions" ADD CONSTRAINT "notified_decisions_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE cascade ON UPDATE no action;