int f(int x) { return x; }
float f(int x) { return x; }  // error: functions that differ only in their return type cannot be overloaded
