DROP INDEX "aid_search_by_connector";--> statement-breakpoint
DROP INDEX "runs_by_connector";--> statement-breakpoint
CREATE INDEX "aid_search_in_review" ON "aid_search" USING btree ("created_at","connector","title","aid_id") WHERE standing = 'review';--> statement-breakpoint
CREATE INDEX "runs_by_end" ON "runs" USING btree ("ended_at") WHERE state = 'ended';--> statement-breakpoint
CREATE INDEX "aid_history_renames" ON "aid_history" USING btree ("aid_id") WHERE kind = 're-identify';--> statement-breakpoint
CREATE INDEX "plans_by_time" ON "plans" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "plans_by_application" ON "plans" USING btree ("applied_at");--> statement-breakpoint
CREATE INDEX "plans_unapplied" ON "plans" USING btree ("connector","created_at") WHERE state <> 'applied';--> statement-breakpoint
CREATE INDEX "plans_with_changes" ON "plans" USING btree ("connector","applied_at") WHERE (origin = 'run' and state = 'applied' and undone_by is null
  and (counts ->> 'created')::int + (counts ->> 'updated')::int + (counts ->> 'restored')::int + (counts ->> 'withdrawn')::int > 0);--> statement-breakpoint
CREATE INDEX "aid_search_by_connector" ON "aid_search" USING btree ("connector","standing","deadline");--> statement-breakpoint
CREATE INDEX "runs_by_connector" ON "runs" USING btree ("connector","started_at","token");