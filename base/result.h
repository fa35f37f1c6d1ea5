// Success or a categorised failure, as a value.
//
// For what the world can cause (network, files, strangers' bytes, people's input). The category decides what the
// caller does; the message is for people and names the thing and what to do. Bugs are exceptions and assertions.
// Thread-safety: a plain value.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace draftwatch::base {

enum class Failure {
  temporary,  // the same call may succeed later: try again with back-off
  permanent,  // will not succeed until somebody changes something
  invalid,    // the input is not acceptable; the message names the field, line or key
  not_found,  // the thing asked for does not exist
  conflict,   // somebody else holds or has changed it
  corrupt,    // stored data is damaged: stop writing
};

struct Error {
  Failure kind = Failure::permanent;
  std::string message;

  friend bool operator==(const Error&, const Error&) = default;
};

inline Error temporary(std::string message) { return {Failure::temporary, std::move(message)}; }
inline Error permanent(std::string message) { return {Failure::permanent, std::move(message)}; }
inline Error invalid(std::string message) { return {Failure::invalid, std::move(message)}; }
inline Error not_found(std::string message) { return {Failure::not_found, std::move(message)}; }
inline Error conflict(std::string message) { return {Failure::conflict, std::move(message)}; }
inline Error corrupt(std::string message) { return {Failure::corrupt, std::move(message)}; }

// Either a T or an Error. Reading the side that is not there throws std::logic_error: it is a bug.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  const T& value() const& { return at<0>(); }
  T& value() & { return const_cast<T&>(at<0>()); }
  T&& value() && { return std::move(const_cast<T&>(at<0>())); }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }
  T value_or(T fallback) const { return ok() ? value() : std::move(fallback); }

  const Error& error() const { return at<1>(); }

 private:
  template <std::size_t I>
  const auto& at() const {
    if (state_.index() != I) throw std::logic_error(I == 0 ? "Result has no value: " + std::get<1>(state_).message : "Result has no error");
    return std::get<I>(state_);
  }
  std::variant<T, Error> state_;
};

// The result of an action that yields nothing. `return {};` is success.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : failed_(true), error_(std::move(error)) {}

  bool ok() const { return !failed_; }
  explicit operator bool() const { return ok(); }
  const Error& error() const {
    if (!failed_) throw std::logic_error("Result has no error");
    return error_;
  }

 private:
  bool failed_ = false;
  Error error_;
};

using Status = Result<void>;

}  // namespace draftwatch::base
