CREATE TABLE `shadow_stats` (
	`deployment_id` text PRIMARY KEY NOT NULL,
	`pairs` integer NOT NULL,
	`latencies` text NOT NULL,
	`corridors` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `routes` ADD `delta_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `routes` ADD `delta_sum` real DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `routes` ADD `delta_max` real;--> statement-breakpoint
CREATE INDEX `decisions_by_model` ON `decisions` (`updated_at`) WHERE "decisions"."model_version" IS NOT NULL;--> statement-breakpoint
UPDATE `routes` SET `delta_count` = d.n, `delta_sum` = d.s, `delta_max` = d.m FROM (
	SELECT `deployment_id`, `route`, count(*) AS n, sum(`shadow_latency_ms` - coalesce(`control_latency_ms`, `prod_latency_ms`)) AS s,
		max(`shadow_latency_ms` - coalesce(`control_latency_ms`, `prod_latency_ms`)) AS m
	FROM `response_pairs` WHERE `shadow_status` IS NOT NULL AND (`control_latency_ms` IS NOT NULL OR `prod_status` IS NOT NULL)
	GROUP BY `deployment_id`, `route`
) AS d WHERE `routes`.`deployment_id` = d.`deployment_id` AND `routes`.`route` = d.`route`;
