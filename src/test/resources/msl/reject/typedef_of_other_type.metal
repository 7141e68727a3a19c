typedef int Cell;
typedef float Cell;  // error: typedef redefinition with different types ('float' vs 'int')
struct Node { int a; };
using Node = int;  // error: typedef redefinition with different types ('int' vs 'Node')
