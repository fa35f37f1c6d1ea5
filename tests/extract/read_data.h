// Shared files beside the checkout: real documents and the fault tools. Absent in most places; then a test says so.
#pragma once

#include <optional>
#include <string>

namespace draftwatch::tests {

// $DRAFTWATCH_DATA or ../shared/data; empty where the folder is not there.
std::string data_folder();

// $DRAFTWATCH_FAULTS or ../shared/faults; empty where the folder is not there.
std::string faults_folder();

// A file under data_folder(). nullopt with a visible "SKIPPED" message where it is not there.
std::optional<std::string> read_data(const std::string& path);

std::optional<std::string> read_whole(const std::string& path);

}  // namespace draftwatch::tests
