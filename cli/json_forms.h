// The JSON forms of docs/cli.md: one function a noun, so that every subcommand prints the same shape.
#pragma once

#include <boost/json/object.hpp>

#include "model/message.h"
#include "storage/drafts.h"
#include "storage/health.h"

namespace draftwatch::cli {

boost::json::value instant_or_null(const std::optional<base::Instant>& at);
boost::json::object to_json(const model::Window& window);
boost::json::object to_json(const model::Event& event);
boost::json::object to_json(const model::Version& version);
boost::json::object to_json(const storage::DraftRow& row);
boost::json::object to_json(const storage::SourceHealth& source);
boost::json::object to_json(const model::Message& message);

// Times for people, in the zone of the source: "2026-09-30 23:59".
std::string local(const std::optional<base::Instant>& at, const std::string& zone);

}  // namespace draftwatch::cli
