CREATE TABLE "person_answers" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"answer" text NOT NULL,
	"text" text,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
-- The index is filled again: more people are recognised, and users of the API must not find their words.
TRUNCATE "aid_search";--> statement-breakpoint
UPDATE "search_state" SET "up_to" = 0, "complete_from" = 0;
