int operator+(int a, int b) {  // error: overloaded 'operator+' must have at least one parameter of class or enumeration type
    return a;
}
float2 operator*(float2 a, float b) {  // error: overloaded 'operator*' must have at least one parameter of class
    return a;
}
