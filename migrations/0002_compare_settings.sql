CREATE TABLE `model_usage` (
	`scope` text NOT NULL,
	`day` text NOT NULL,
	`calls` integer NOT NULL,
	`input_tokens` integer NOT NULL,
	`output_tokens` integer NOT NULL,
	PRIMARY KEY(`scope`, `day`)
);
--> statement-breakpoint
CREATE TABLE `route_aliases` (
	`repo_id` integer NOT NULL,
	`route` text NOT NULL,
	`target` text NOT NULL,
	`state` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`repo_id`, `route`)
);
--> statement-breakpoint
ALTER TABLE `decisions` ADD `votes` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `response_pairs` ADD `control_latency_ms` real;--> statement-breakpoint
ALTER TABLE `response_pairs` ADD `base_latency_ms` real;--> statement-breakpoint
ALTER TABLE `response_pairs` ADD `features` text;--> statement-breakpoint
ALTER TABLE `shadow_deployments` ADD `compare_settings` text DEFAULT '{"routes":[],"templates":[],"aliases":{},"contract":null}' NOT NULL;