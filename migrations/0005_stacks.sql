ALTER TABLE `shadow_deployments` ADD `stack` text;--> statement-breakpoint
CREATE INDEX `shadow_deployments_open` ON `shadow_deployments` (`created_at`,`id`) WHERE "shadow_deployments"."state" <> 'closed';--> statement-breakpoint
CREATE INDEX `deliveries_by_time` ON `deliveries` (`received_at`);