CREATE TABLE "feed_decisions" (
	"connector" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"paths" jsonb NOT NULL,
	"note" text,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "feed_decisions_connector_kind_subject_pk" PRIMARY KEY("connector","kind","subject")
);
