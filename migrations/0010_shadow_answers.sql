DROP TABLE `shadow_stats`;
--> statement-breakpoint
CREATE TRIGGER `route_merges_added` AFTER INSERT ON `route_aliases` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES ('merges:' || NEW.`repo_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `route_merges_changed` AFTER UPDATE ON `route_aliases` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES ('merges:' || NEW.`repo_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `route_merges_removed` AFTER DELETE ON `route_aliases` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES ('merges:' || OLD.`repo_id`, 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
