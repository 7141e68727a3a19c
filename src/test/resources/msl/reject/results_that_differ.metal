auto first(int x);
int first(int x) { return x; }  // error: functions that differ only in their return type cannot be overloaded
