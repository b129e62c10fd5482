CREATE TABLE "error_reports" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "error_reports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"aid_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"count" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"point" text,
	"by" text,
	CONSTRAINT "error_reports_once" UNIQUE("aid_id","kind","text")
);
--> statement-breakpoint
CREATE INDEX "error_reports_by_state" ON "error_reports" USING btree ("state");