# Writes lists of numbers, strings and vectors as JSON with 17 significant digits; base R only.
to_json <- function(x, indent = "") {
  inner <- paste0(indent, "  ")
  if (is.null(x)) return("null")
  if (is.list(x)) {
    if (is.null(names(x))) {
      parts <- vapply(x, to_json, "", indent = inner)
      return(paste0("[\n", paste0(inner, parts, collapse = ",\n"), "\n", indent, "]"))
    }
    parts <- paste0(inner, '"', names(x), '": ', vapply(x, to_json, "", indent = inner))
    return(paste0("{\n", paste(parts, collapse = ",\n"), "\n", indent, "}"))
  }
  one <- function(v) {
    if (is.na(v)) return("null")
    if (is.character(v)) return(paste0('"', v, '"'))
    if (is.logical(v)) return(if (v) "true" else "false")
    format(v, digits = 17, scientific = if (v != 0 && (abs(v) < 1e-4 || abs(v) >= 1e15)) TRUE else FALSE, trim = TRUE)
  }
  values <- vapply(unname(x), one, "")
  if (inherits(x, "scalar") || (length(values) == 1 && !inherits(x, "array1"))) return(values)
  paste0("[", paste(values, collapse = ", "), "]")
}
# A vector that stays an array even when it has one element.
vec <- function(x) structure(as.vector(x), class = "array1")
write_json <- function(x, file) writeLines(to_json(x), file)
versions <- function(...) c(R = R.version.string, sapply(c(...), function(p) as.character(packageVersion(p))))
