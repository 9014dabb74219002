DROP INDEX `verdicts_by_deployment`;--> statement-breakpoint
CREATE INDEX `verdicts_by_signatures` ON `verdicts` (`deployment_id`,`signatures`,`verdict`,`pair_id`);--> statement-breakpoint
DROP INDEX `shadow_deployments_by_pull`;--> statement-breakpoint
CREATE INDEX `shadow_deployments_by_time` ON `shadow_deployments` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `shadow_deployments_by_pull` ON `shadow_deployments` (`repo_id`,`pr_number`,`created_at`,`id`);