CREATE TABLE "funnel_days" (
	"connector" text COLLATE "C" NOT NULL,
	"day" date NOT NULL,
	"received" integer NOT NULL,
	"valid" integer NOT NULL,
	"held" integer NOT NULL,
	"publishable" integer NOT NULL,
	"published" integer NOT NULL,
	"open" integer NOT NULL,
	CONSTRAINT "funnel_days_connector_day_pk" PRIMARY KEY("connector","day")
);
