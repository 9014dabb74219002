CREATE TABLE `latency_checks` (
	`deployment_id` text NOT NULL,
	`route` text NOT NULL,
	`pairs` integer NOT NULL,
	`signature` text,
	`rule` text,
	`severity` text,
	`reason` text,
	PRIMARY KEY(`deployment_id`, `route`)
);
--> statement-breakpoint
ALTER TABLE `drifts` ADD `noise_by` text;--> statement-breakpoint
ALTER TABLE `routes` ADD `latencies` text DEFAULT '{}' NOT NULL;