CREATE TABLE "named_numbers" (
	"kind" text NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "named_numbers_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1000000 CACHE 1),
	"site_number" bigint,
	CONSTRAINT "named_numbers_kind_slug_pk" PRIMARY KEY("kind","slug"),
	CONSTRAINT "named_numbers_number_unique" UNIQUE("number"),
	CONSTRAINT "named_numbers_of_site" UNIQUE("kind","site_number")
);
--> statement-breakpoint
ALTER TABLE "aid_search" ADD COLUMN "ranked" "tsvector" DEFAULT '' NOT NULL;--> statement-breakpoint
-- The index is filled again: it lacks positions of words, stems, programmes and numbers.
TRUNCATE "aid_search";--> statement-breakpoint
UPDATE "search_state" SET "up_to" = 0, "complete_from" = 0;
