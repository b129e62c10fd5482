CREATE TABLE "second_factors" (
	"person" uuid PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"last_step" bigint NOT NULL,
	"recovery_hashes" text[] NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factors_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE cascade ON UPDATE no action;