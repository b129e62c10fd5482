CREATE TABLE "territory_editions" (
	"plan_id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"stamp" text NOT NULL,
	"packed" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "search_state" ADD COLUMN "edition" text DEFAULT '' NOT NULL;