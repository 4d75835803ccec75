package dev.kindling.data.table;

import dev.kindling.BadInput;
import java.util.Locale;

/** Roles while they are given out: each column at most one. */
record RoleAssignment(Columns columns, Role[] roles) {
  int give(String name, Role role, String option) {
    int column = columns.find(name, option);
    if (!isFree(column)) {
      throw BadInput.of(
          "%s: column %s (%s) is already the %s; a column has one role",
          columns.source(),
          columns.names().get(column),
          option,
          roles[column].name().toLowerCase(Locale.ROOT));
    }
    return give(column, role);
  }

  int give(int column, Role role) {
    roles[column] = role;
    return column;
  }

  void giveSupplied(Role role, String what, String option) {
    if (columns.supplied() < 0) {
      throw BadInput.of(
          "%s: which column is the %s? Give %s; there are %s",
          columns.source(), what, option, columns.listed());
    }
    give(columns.names().get(columns.supplied()), role, option);
  }

  boolean isFree(int column) {
    return roles[column] == null;
  }
}
