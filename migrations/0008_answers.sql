CREATE TABLE `answer_versions` (
	`scope` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `answers` (
	`deployment_id` text NOT NULL,
	`kind` text NOT NULL,
	`version` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`deployment_id`, `kind`)
);
--> statement-breakpoint
CREATE TABLE `verdict_groups` (
	`deployment_id` text NOT NULL,
	`route` text NOT NULL,
	`signatures` text NOT NULL,
	`verdict` text NOT NULL,
	`pairs` integer NOT NULL,
	PRIMARY KEY(`deployment_id`, `route`, `signatures`, `verdict`)
);
--> statement-breakpoint
INSERT INTO `verdict_groups` (`deployment_id`, `route`, `signatures`, `verdict`, `pairs`)
SELECT v.`deployment_id`, coalesce(p.`route`, ''), v.`signatures`, v.`verdict`, count(*)
FROM `verdicts` AS v LEFT JOIN `response_pairs` AS p ON p.`id` = v.`pair_id` GROUP BY 1, 2, 3, 4;
--> statement-breakpoint
CREATE TRIGGER `verdicts_added` AFTER INSERT ON `verdicts` BEGIN
	INSERT INTO `verdict_groups` (`deployment_id`, `route`, `signatures`, `verdict`, `pairs`) VALUES (NEW.`deployment_id`, coalesce((SELECT `route` FROM `response_pairs` WHERE `id` = NEW.`pair_id`), ''), NEW.`signatures`, NEW.`verdict`, 1) ON CONFLICT DO UPDATE SET `pairs` = `pairs` + excluded.`pairs`;
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES (NEW.`deployment_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `verdicts_changed` AFTER UPDATE ON `verdicts` BEGIN
	INSERT INTO `verdict_groups` (`deployment_id`, `route`, `signatures`, `verdict`, `pairs`) VALUES (OLD.`deployment_id`, coalesce((SELECT `route` FROM `response_pairs` WHERE `id` = OLD.`pair_id`), ''), OLD.`signatures`, OLD.`verdict`, -1) ON CONFLICT DO UPDATE SET `pairs` = `pairs` + excluded.`pairs`;
	INSERT INTO `verdict_groups` (`deployment_id`, `route`, `signatures`, `verdict`, `pairs`) VALUES (NEW.`deployment_id`, coalesce((SELECT `route` FROM `response_pairs` WHERE `id` = NEW.`pair_id`), ''), NEW.`signatures`, NEW.`verdict`, 1) ON CONFLICT DO UPDATE SET `pairs` = `pairs` + excluded.`pairs`;
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES (NEW.`deployment_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `verdicts_removed` AFTER DELETE ON `verdicts` BEGIN
	INSERT INTO `verdict_groups` (`deployment_id`, `route`, `signatures`, `verdict`, `pairs`) VALUES (OLD.`deployment_id`, coalesce((SELECT `route` FROM `response_pairs` WHERE `id` = OLD.`pair_id`), ''), OLD.`signatures`, OLD.`verdict`, -1) ON CONFLICT DO UPDATE SET `pairs` = `pairs` + excluded.`pairs`;
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES (OLD.`deployment_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `routes_added` AFTER INSERT ON `routes` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES (NEW.`deployment_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `routes_changed` AFTER UPDATE ON `routes` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES (NEW.`deployment_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `routes_removed` AFTER DELETE ON `routes` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES (OLD.`deployment_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `drifts_added` AFTER INSERT ON `drifts` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES (NEW.`deployment_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `drifts_changed` AFTER UPDATE ON `drifts` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES (NEW.`deployment_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `drifts_removed` AFTER DELETE ON `drifts` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES (OLD.`deployment_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `equal_pairs_added` AFTER INSERT ON `equal_pairs` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES (NEW.`deployment_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `equal_pairs_changed` AFTER UPDATE ON `equal_pairs` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES (NEW.`deployment_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `equal_pairs_removed` AFTER DELETE ON `equal_pairs` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES (OLD.`deployment_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `decisions_added` AFTER INSERT ON `decisions` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES ('repo:' || NEW.`repo_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `decisions_changed` AFTER UPDATE ON `decisions` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES ('repo:' || NEW.`repo_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `decisions_removed` AFTER DELETE ON `decisions` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES ('repo:' || OLD.`repo_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `route_aliases_added` AFTER INSERT ON `route_aliases` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES ('repo:' || NEW.`repo_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `route_aliases_changed` AFTER UPDATE ON `route_aliases` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES ('repo:' || NEW.`repo_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `route_aliases_removed` AFTER DELETE ON `route_aliases` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES ('repo:' || OLD.`repo_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `shadow_deployments_changed` AFTER UPDATE OF `compare_settings`, `created_at`, `repo_id` ON `shadow_deployments` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES (NEW.`id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `response_pairs_changed` AFTER UPDATE OF `route`, `method`, `path`, `features` ON `response_pairs` BEGIN
	INSERT INTO `verdict_groups` (`deployment_id`, `route`, `signatures`, `verdict`, `pairs`) SELECT `deployment_id`, OLD.`route`, `signatures`, `verdict`, -1 FROM `verdicts` WHERE `pair_id` = OLD.`id` ON CONFLICT DO UPDATE SET `pairs` = `pairs` + excluded.`pairs`;
	INSERT INTO `verdict_groups` (`deployment_id`, `route`, `signatures`, `verdict`, `pairs`) SELECT `deployment_id`, NEW.`route`, `signatures`, `verdict`, 1 FROM `verdicts` WHERE `pair_id` = NEW.`id` ON CONFLICT DO UPDATE SET `pairs` = `pairs` + excluded.`pairs`;
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES (NEW.`deployment_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `response_pairs_removed` AFTER DELETE ON `response_pairs` BEGIN
	INSERT INTO `verdict_groups` (`deployment_id`, `route`, `signatures`, `verdict`, `pairs`) SELECT `deployment_id`, OLD.`route`, `signatures`, `verdict`, -1 FROM `verdicts` WHERE `pair_id` = OLD.`id` ON CONFLICT DO UPDATE SET `pairs` = `pairs` + excluded.`pairs`;
	INSERT INTO `verdict_groups` (`deployment_id`, `route`, `signatures`, `verdict`, `pairs`) SELECT `deployment_id`, '', `signatures`, `verdict`, 1 FROM `verdicts` WHERE `pair_id` = OLD.`id` ON CONFLICT DO UPDATE SET `pairs` = `pairs` + excluded.`pairs`;
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES (OLD.`deployment_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
