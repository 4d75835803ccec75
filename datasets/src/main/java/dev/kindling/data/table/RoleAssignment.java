package dev.kindling.data.table;

import dev.kindling.BadInput;
import java.util.Locale;

/** Roles while they are given out: each column at most one. */
record RoleAssignment(Columns columns, Role[] roles) {
  int give(String name, Role role, String option) {
    int column = columns.find(name, option);
    if (!isFree(column)) {
      throw new BadInput(
          columns.source()
              + ": column "
              + columns.names().get(column)
              + " ("
              + option
              + ") is already the "
              + roles[column].name().toLowerCase(Locale.ROOT)
              + "; a column has one role");
    }
    return give(column, role);
  }

  int give(int column, Role role) {
    roles[column] = role;
    return column;
  }

  void giveSupplied(Role role, String what, String option) {
    if (columns.supplied() < 0) {
      throw new BadInput(
          columns.source()
              + ": which column is the "
              + what
              + "? Give "
              + option
              + "; there are "
              + columns.listed());
    }
    give(columns.names().get(columns.supplied()), role, option);
  }

  boolean isFree(int column) {
    return roles[column] == null;
  }
}
