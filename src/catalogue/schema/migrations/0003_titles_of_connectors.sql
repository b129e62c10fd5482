DROP INDEX "aid_search_by_title";--> statement-breakpoint
CREATE INDEX "aid_search_by_title" ON "aid_search" USING btree ("title","aid_id","connector","standing");