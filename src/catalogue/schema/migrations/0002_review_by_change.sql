CREATE TABLE "review_assignments" (
	"item" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "aid_search" ADD COLUMN "changes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "review_assignments" ADD CONSTRAINT "review_assignments_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE cascade ON UPDATE no action;