CREATE TABLE "aid_reads" (
	"month" date NOT NULL,
	"aid_id" uuid NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "aid_reads_month_aid_id_pk" PRIMARY KEY("month","aid_id")
);
