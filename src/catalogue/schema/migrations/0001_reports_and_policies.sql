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
--> statement-breakpoint
CREATE TABLE "people_policies" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "people_policies_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"publisher" uuid NOT NULL,
	"policy" text NOT NULL,
	"why" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "people_policies" ADD CONSTRAINT "people_policies_publisher_publishers_id_fk" FOREIGN KEY ("publisher") REFERENCES "publishers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "people_policies_by_publisher" ON "people_policies" USING btree ("publisher");
--> statement-breakpoint
CREATE TABLE "aid_reads" (
	"month" date NOT NULL,
	"aid_id" uuid NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "aid_reads_month_aid_id_pk" PRIMARY KEY("month","aid_id")
);
--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "apply_request" jsonb;
