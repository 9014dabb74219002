CREATE TABLE `alert_messages` (
	`ordinal` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`channel` text NOT NULL,
	`topic` text NOT NULL,
	`content` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`error` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alert_messages_by_name` ON `alert_messages` (`name`);--> statement-breakpoint
CREATE INDEX `alert_messages_waiting` ON `alert_messages` (`state`,`next_at`);--> statement-breakpoint
CREATE TABLE `probe_alerts` (
	`repository` text NOT NULL,
	`service` text NOT NULL,
	`region` text NOT NULL,
	`levels` text NOT NULL,
	`version` integer NOT NULL,
	`writer` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `probe_alerts_by_service` ON `probe_alerts` (`repository`,`service`,`region`);--> statement-breakpoint
CREATE TABLE `probe_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`content_hash` text NOT NULL,
	`repository` text NOT NULL,
	`service` text NOT NULL,
	`branch` text NOT NULL,
	`commit_sha` text NOT NULL,
	`pull` integer NOT NULL,
	`region` text NOT NULL,
	`branch_class` text NOT NULL,
	`run_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`passed` integer NOT NULL,
	`results` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `probe_runs_by_content` ON `probe_runs` (`content_hash`);--> statement-breakpoint
CREATE INDEX `probe_runs_by_time` ON `probe_runs` (`run_at`,`id`);--> statement-breakpoint
CREATE INDEX `probe_runs_by_trend` ON `probe_runs` (`repository`,`service`,`branch_class`,`run_at`,`id`);