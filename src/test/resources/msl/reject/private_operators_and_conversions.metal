class Amount {
    operator int() const { return 1; }
    int operator+(int other) const { return other; }

public:
    int scale(int by) const { return by + *this; }

private:
    int scale(float by) const { return 0; }
};
kernel void k(device int* out) {
    Amount amount;
    out[0] = amount;              // error at 14: 'operator int' is a private or protected member of 'Amount'
    out[1] = amount + 1;          // error at 21: 'operator+' is a private or protected member of 'Amount'
    out[2] = amount.scale(2);
    out[3] = amount.scale(2.0f);  // error at 21: 'scale' is a private or protected member of 'Amount'
}
