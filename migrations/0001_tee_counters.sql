CREATE TABLE `equal_pairs` (
	`deployment_id` text NOT NULL,
	`host` text NOT NULL,
	`route` text NOT NULL,
	`pairs` integer NOT NULL,
	`second_answers` integer NOT NULL,
	`last_at` integer NOT NULL,
	`prod_latency` text NOT NULL,
	`shadow_latency` text NOT NULL,
	`control_latency` text NOT NULL,
	PRIMARY KEY(`deployment_id`, `host`, `route`)
);
--> statement-breakpoint
CREATE TABLE `tee_counters` (
	`deployment_id` text NOT NULL,
	`host` text NOT NULL,
	`counter` text NOT NULL,
	`value` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`deployment_id`, `host`, `counter`)
);
--> statement-breakpoint
ALTER TABLE `shadow_deployments` ADD `mirror_settings` text DEFAULT '{"maxRps":null,"sticky":null,"include":[],"exclude":[],"routes":[],"redact":{"names":[],"patterns":[],"shapeOnly":false,"phones":false},"stamped":false,"base":null}' NOT NULL;