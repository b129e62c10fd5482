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