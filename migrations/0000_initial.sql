CREATE TABLE `decisions` (
	`repo_id` integer NOT NULL,
	`signature` text NOT NULL,
	`state` text NOT NULL,
	`decided_by` text NOT NULL,
	`verdict` text,
	`reasoning` text,
	`model_version` text,
	`question` text NOT NULL,
	`claimed_by` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_attempt_at` integer,
	`last_error` text,
	`input_tokens` integer DEFAULT 0 NOT NULL,
	`output_tokens` integer DEFAULT 0 NOT NULL,
	`cache_read_tokens` integer DEFAULT 0 NOT NULL,
	`cache_write_tokens` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`repo_id`, `signature`)
);
--> statement-breakpoint
CREATE INDEX `decisions_open` ON `decisions` (`state`,`next_attempt_at`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`event` text NOT NULL,
	`action` text,
	`repo_id` integer,
	`pr_number` integer,
	`received_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `drifts` (
	`deployment_id` text NOT NULL,
	`signature` text NOT NULL,
	`rule` text NOT NULL,
	`severity` text NOT NULL,
	`floor` text NOT NULL,
	`ceiling` text NOT NULL,
	`route` text NOT NULL,
	`pattern` text NOT NULL,
	`kind` text,
	`reason` text NOT NULL,
	`count` integer NOT NULL,
	`noise_count` integer NOT NULL,
	`noise_reason` text,
	`sample` text,
	`examples` text NOT NULL,
	`first_seen` integer NOT NULL,
	`last_seen` integer NOT NULL,
	PRIMARY KEY(`deployment_id`, `signature`)
);
--> statement-breakpoint
CREATE TABLE `response_pairs` (
	`id` text PRIMARY KEY NOT NULL,
	`deployment_id` text NOT NULL,
	`route` text NOT NULL,
	`method` text NOT NULL,
	`path` text NOT NULL,
	`captured_at` integer NOT NULL,
	`prod_status` integer,
	`shadow_status` integer,
	`shadow_failed` text,
	`prod_latency_ms` real NOT NULL,
	`shadow_latency_ms` real NOT NULL,
	`prod_bytes` integer NOT NULL,
	`shadow_bytes` integer NOT NULL,
	`equal` integer NOT NULL,
	`body_key` text,
	`inserted_by` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `response_pairs_by_deployment` ON `response_pairs` (`deployment_id`,`id`);--> statement-breakpoint
CREATE INDEX `response_pairs_by_route` ON `response_pairs` (`deployment_id`,`route`,`id`);--> statement-breakpoint
CREATE TABLE `routes` (
	`deployment_id` text NOT NULL,
	`route` text NOT NULL,
	`pairs` integer NOT NULL,
	`equal` integer NOT NULL,
	`shadow_failed` integer NOT NULL,
	`noise` integer NOT NULL,
	`slow` integer NOT NULL,
	`second_answers` integer NOT NULL,
	`learned_noise` text NOT NULL,
	`last_pair_at` integer NOT NULL,
	PRIMARY KEY(`deployment_id`, `route`)
);
--> statement-breakpoint
CREATE TABLE `shadow_deployments` (
	`id` text PRIMARY KEY NOT NULL,
	`repo_id` integer NOT NULL,
	`repo_full_name` text NOT NULL,
	`pr_number` integer NOT NULL,
	`pr_title` text NOT NULL,
	`pr_url` text,
	`branch` text NOT NULL,
	`head_sha` text NOT NULL,
	`hosts` text NOT NULL,
	`shadow_origin` text NOT NULL,
	`rate` real NOT NULL,
	`methods` text NOT NULL,
	`control_share` real NOT NULL,
	`credentials` text NOT NULL,
	`state` text NOT NULL,
	`state_reason` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`closed_at` integer
);
--> statement-breakpoint
CREATE INDEX `shadow_deployments_by_pull` ON `shadow_deployments` (`repo_id`,`pr_number`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `shadow_deployments_by_time` ON `shadow_deployments` (`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `verdicts` (
	`pair_id` text PRIMARY KEY NOT NULL,
	`deployment_id` text NOT NULL,
	`verdict` text NOT NULL,
	`decided_by` text NOT NULL,
	`reasoning` text NOT NULL,
	`findings` text NOT NULL,
	`signatures` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `verdicts_by_signatures` ON `verdicts` (`deployment_id`,`signatures`,`verdict`,`pair_id`);