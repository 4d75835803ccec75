# bzr.sdf (V2000) -> GIN text: atoms as tags (atomic number), bonds as edges, hydrogens left out, label = ACTIVITY.
# mawk or gawk: awk -f prepare.awk -v ids=bzr_ids.txt bzr.sdf > bzr.txt
BEGIN {
  split("H 1 B 5 C 6 N 7 O 8 F 9 P 15 S 16 Cl 17 Br 35 I 53", pairs, " ")
  for (k = 1; k in pairs; k += 2) number[pairs[k]] = pairs[k + 1]
}
{ sub(/\r$/, ""); line++ }
line == 1 { name = $0; sub(/[ \t]+$/, "", name) }
line == 4 { atoms = substr($0, 1, 3) + 0; bonds = substr($0, 4, 3) + 0 }
line > 4 && line <= 4 + atoms {
  symbol = $4
  if (!(symbol in number)) { print "unknown element " symbol " in " name > "/dev/stderr"; exit 1 }
  element[line - 5] = number[symbol]
}
line > 4 + atoms && line <= 4 + atoms + bonds {
  bondFrom[line - 5 - atoms] = substr($0, 1, 3) - 1
  bondTo[line - 5 - atoms] = substr($0, 4, 3) - 1
}
wanted { activity = $1; wanted = 0 }
/^> *<ACTIVITY>/ { wanted = 1 }
/^\$\$\$\$/ {
  kept = 0
  for (a = 0; a < atoms; a++) { if (element[a] != 1) index_[a] = kept++; neighbours[a] = ""; degree[a] = 0 }
  for (b = 0; b < bonds; b++) {
    f = bondFrom[b]; t = bondTo[b]
    if (element[f] == 1 || element[t] == 1) continue
    neighbours[f] = neighbours[f] " " index_[t]; degree[f]++
    neighbours[t] = neighbours[t] " " index_[f]; degree[t]++
  }
  text = text kept " " activity "\n"
  for (a = 0; a < atoms; a++) if (element[a] != 1) text = text element[a] " " degree[a] neighbours[a] "\n"
  names = names name "\n"
  count++
  line = 0
  activity = "missing"
}
END { printf "%d\n%s", count, text; printf "%s", names > ids }
