struct Meters {
    float value;
    explicit Meters(float v) : value(v) {}
};
kernel void k(device float* out) {
    Meters m = 2.0f;  // error: no viable conversion from 'float' to 'Meters'
}
