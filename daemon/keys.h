// Where the alert role's secret keys are, and the public key that everybody may have.
#pragma once

#include "base/result.h"
#include "base/seal.h"
#include "daemon/context.h"
#include "storage/database.h"

namespace draftwatch::daemon {

// From alerts.key_file, the credential "alert-key" (config::credential), or <state>/alert.key. Only the last is ever made,
// and only for a database that has no key yet (notify::load_or_make_keys). Failure::permanent where the key is there for
// somebody else: the package's is root's.
base::Result<base::SecretKeys> alert_keys(const Context& context, storage::Database& database);

// Makes sure that the database names a public key, so that a subscriber can be added before alert has ever run.
base::Status publish_alert_key(const Context& context, storage::Database& database);

}  // namespace draftwatch::daemon
